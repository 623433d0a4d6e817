//! How wide each column may be, so that the table fits.

/// What a column asks for, in terminal columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Below this, words must be broken anywhere.
    pub jointed: usize,
    /// Below this, words must be broken at their joints.
    pub least: usize,
    /// With this, nothing need be broken.
    pub natural: usize,
    /// Whether it holds dates alone: they are broken before names and types are.
    pub is_dates: bool,
}

/// Columns narrower than this are of no use: the rows are then written as records.
const NARROWEST: usize = 6;

/// Shares `available` among the columns: each gets its least, and what is left goes to the narrow ones first, so that
/// dates and numbers stay whole and long paths are wrapped. Where even the least is too much, dates are broken at their
/// joints, then types and names, and at last anything anywhere. `None` where there is not enough for a table.
pub fn shared(wishes: &[Wish], available: usize) -> Option<Vec<usize>> {
    let sum = |widths: &[usize]| widths.iter().sum::<usize>();
    if wishes.iter().map(|wish| wish.natural).sum::<usize>() <= available {
        return Some(wishes.iter().map(|wish| wish.natural).collect());
    }
    if wishes.iter().map(|wish| wish.natural.min(NARROWEST)).sum::<usize>() > available {
        return None;
    }
    let mut widths: Vec<usize> = wishes.iter().map(|wish| wish.least.min(wish.natural)).collect();
    while sum(&widths) > available {
        let jointed = (0..widths.len()).filter(|at| widths[*at] > wishes[*at].jointed);
        // Dates give way before anything else, and the widest column gives way first.
        match jointed.max_by_key(|at| (wishes[*at].is_dates, widths[*at])) {
            Some(at) => widths[at] -= 1,
            None => cut_widest(&mut widths),
        }
    }
    fill(&mut widths, wishes, available);
    Some(widths)
}

fn cut_widest(widths: &mut [usize]) {
    if let Some(widest) = widths.iter_mut().max() {
        *widest -= 1;
    }
}

/// Level by level: whoever is narrowest and still wants more gets one column more.
fn fill(widths: &mut [usize], wishes: &[Wish], available: usize) {
    for _ in widths.iter().sum::<usize>()..available {
        let hungry = (0..wishes.len()).filter(|at| widths[*at] < wishes[*at].natural);
        let Some(next) = hungry.min_by_key(|at| widths[*at]) else { return };
        widths[next] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wishes: &[(usize, usize, usize)], available: usize, expected: Option<&[usize]>) {
        let wish = |(jointed, least, natural): &(usize, usize, usize)| {
            let (jointed, least, natural) = (*jointed, *least, *natural);
            Wish { jointed, least, natural, is_dates: jointed < least && least == natural }
        };
        let wishes: Vec<Wish> = wishes.iter().map(wish).collect();
        assert_eq!(shared(&wishes, available).as_deref(), expected);
    }

    #[test]
    fn columns_have_what_they_need_where_there_is_room() {
        check(&[(3, 3, 10), (7, 7, 7)], 20, Some(&[10, 7]));
    }

    #[test]
    fn narrow_columns_stay_whole_and_wide_ones_share_the_rest() {
        check(&[(9, 10, 90), (7, 7, 7), (9, 10, 60)], 67, Some(&[30, 7, 30]));
    }

    #[test]
    fn long_words_give_way_before_the_table_does() {
        check(&[(40, 40, 80), (7, 7, 7)], 20, Some(&[13, 7]));
        check(&[(12, 12, 14), (8, 18, 18)], 22, Some(&[12, 10]));
        check(&[(40, 40, 80); 3], 17, None);
    }
}
