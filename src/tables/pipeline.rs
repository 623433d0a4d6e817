//! Work on parts by several threads, with results in the order of the parts.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Parts that a thread has in hand at most, done ones among them: what bounds the memory.
const IN_HAND: usize = 2;

/// Hands parts out to threads, in turn, and takes what they make of them, in turn: so the order is kept. Stops at the
/// first error, of a part or of `take`.
pub(super) fn in_order<P: Send, R: Send, E>(
    parts: impl Iterator<Item = Result<P, E>>,
    work: impl Fn(P) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 {
        return parts.into_iter().try_for_each(|part| take(work(part?)));
    }
    thread::scope(|scope| {
        let lanes: Vec<(SyncSender<P>, Receiver<R>)> = (0..threads)
            .map(|_| {
                let (give, given) = sync_channel::<P>(IN_HAND);
                let (hand, handed) = sync_channel(IN_HAND);
                let work = &work;
                scope.spawn(move || given.into_iter().try_for_each(|part| hand.send(work(part))));
                (give, handed)
            })
            .collect();
        let mut result_of = |number: usize| {
            let (_, handed) = &lanes[number % threads];
            take(handed.recv().expect("a thread gives a result for each part, or its panic ends the scope"))
        };
        let (mut given, mut taken) = (0, 0);
        for part in parts {
            if given - taken == threads * IN_HAND {
                result_of(taken)?;
                taken += 1;
            }
            let (give, _) = &lanes[given % threads];
            give.send(part?).expect("a thread takes parts until there are no more, or its panic ends the scope");
            given += 1;
        }
        (taken..given).try_for_each(result_of)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_their_parts() {
        let mut seen = Vec::new();
        let slow = |part: u64| {
            std::thread::sleep(std::time::Duration::from_micros((part * 7919) % 300));
            part * 2
        };
        let done: Result<(), ()> = in_order((0..200).map(Ok), slow, |result| {
            seen.push(result);
            Ok(())
        });
        assert_eq!(done, Ok(()));
        assert!(seen.iter().copied().eq((0..200).map(|part| part * 2)));
    }

    #[test]
    fn the_first_error_ends_it() {
        let take = |result| if result == 40 { Err(result) } else { Ok(()) };
        assert_eq!(in_order((0u64..).map(Ok), |part| part, take), Err(40));
        assert_eq!(
            in_order((0..9).map(|part| if part == 5 { Err("five") } else { Ok(part) }), |_| (), |()| Ok(())),
            Err("five")
        );
    }
}
