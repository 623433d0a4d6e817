//! Text inside DOT. A quoted string ends at `"`, and in labels `\` starts an escape and `&` an entity.

/// An identifier: quoted, with nothing in it that Graphviz would read.
pub fn id(text: &str) -> String {
    format!("\"{}\"", readable(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// A label or tooltip: as read by people, with its line breaks.
pub fn label(text: &str) -> String {
    let text = readable(text).replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;").replace('\n', "\\n");
    format!("\"{text}\"")
}

/// Text inside an HTML-like label.
pub fn html(text: &str) -> String {
    readable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Without the characters that no picture can show and that XML, and so SVG, forbids.
fn readable(text: &str) -> String {
    text.chars().filter(|each| !each.is_control() || *each == '\n').collect()
}

/// Breaks a text between words, into lines of about `width` characters.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_string_or_is_read_by_graphviz() {
        assert_eq!(id("a\"; b \\ c"), r#""a\"; b \\ c""#);
        assert_eq!(label("R&amp;D \"x\"\n\\N\u{0}\u{1b}"), r#""R&amp;amp;D \"x\"\n\\N""#);
    }

    #[test]
    fn html_has_no_tags_of_its_own() {
        assert_eq!(html("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
    }

    #[test]
    fn long_names_break_between_words() {
        assert_eq!(wrapped("Movement for Oneness and Jihad", 12), "Movement for\nOneness and\nJihad");
        assert_eq!(wrapped("Jama'atNusratAlIslam", 5), "Jama'atNusratAlIslam");
    }
}
