//! The output of `cmd package query-activities --brief` and its sisters. Takes the text, gives the components that answer.

/// What a query answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered<'a> {
    /// The components, as printed: `com.x/.Y`.
    pub components: Vec<&'a str>,
    /// How many the platform says there are; `None` where it says nothing of the kind.
    pub counted: Option<usize>,
}

/// Reads an answer: how many there are, then of each some numbers and the component. `None`: no such answer.
pub fn parse(text: &str) -> Option<Answered<'_>> {
    let mut answered = Answered::default();
    for line in text.lines().map(str::trim) {
        if line.starts_with("No ") && line.ends_with(" found") {
            answered.counted = Some(0);
        } else if let Some(count) = counted(line) {
            answered.counted = Some(count);
        } else if is_component(line) {
            answered.components.push(line);
        }
    }
    answered.counted.map(|_| answered)
}

/// Reads `2 activities found:`.
fn counted(line: &str) -> Option<usize> {
    let (count, rest) = line.split_once(' ')?;
    if rest.ends_with(" found:") { count.parse().ok() } else { None }
}

fn is_component(line: &str) -> bool {
    line.split_once('/').is_some_and(|(package, class)| !package.is_empty() && !class.is_empty())
        && !line.contains([' ', '=', ':'])
}

/// Splits `com.x/.Y` into the package and the class, fully qualified.
pub fn names(component: &str) -> Option<(&str, String)> {
    let (package, class) = component.split_once('/')?;
    let class = if class.starts_with('.') { format!("{package}{class}") } else { class.to_owned() };
    Some((package, class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_answer_is_read_with_its_count() {
        let text = "2 activities found:\n  Activity #0:\n    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false\n\
            \x20   com.x/.Y\n  Activity #1:\n    priority=0 preferredOrder=0\n    com.x/org.z.A$B\n";
        let answered = parse(text).unwrap();
        assert_eq!((answered.components, answered.counted), (vec!["com.x/.Y", "com.x/org.z.A$B"], Some(2)));
        assert_eq!(parse("No activities found\n").unwrap().counted, Some(0));
        assert_eq!(parse("Unknown command: query-activities\n"), None);
        assert_eq!(names("com.x/.Y"), Some(("com.x", "com.x.Y".to_owned())));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "([0-9]| found:|[a-z/. =\n]|\\PC){0,60}") {
            parse(&text);
        }
    }
}
