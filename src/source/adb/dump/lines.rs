//! Lines of a dump with how far in they stand.

use memchr::memchr;

/// One line that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// How many blanks stand before it.
    pub(super) indent: usize,
    /// What it holds, without blanks around it.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    /// The name of the section that begins here.
    pub(super) fn section(&self) -> Option<&'a str> {
        if self.indent == 0 { self.text.strip_suffix(':') } else { None }
    }
}

/// Goes through the lines of a text, empty ones left out.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) const fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Takes the next line if it stands further in than `indent`.
    #[inline]
    pub(super) fn inside(&mut self, indent: usize) -> Option<Line<'a>> {
        let before = self.rest;
        let line = self.next()?;
        if line.indent > indent {
            return Some(line);
        }
        self.rest = before;
        None
    }

    /// Passes over the lines that stand further in than `indent`.
    pub(super) fn pass(&mut self, indent: usize) {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        while !self.rest.is_empty() {
            let blanks =
                self.rest.as_bytes().iter().take(indent.saturating_add(1)).take_while(|b| is_blank(b));
            if blanks.count() > indent {
                let end = memchr(b'\n', self.rest.as_bytes());
                self.rest = end.and_then(|end| self.rest.get(end.saturating_add(1)..)).unwrap_or_default();
            } else if self.inside(indent).is_none() {
                return;
            }
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        while !self.rest.is_empty() {
            let end = memchr(b'\n', self.rest.as_bytes());
            let (line, rest) = match end {
                Some(end) => self.rest.split_at_checked(end).unwrap_or((self.rest, "")),
                None => (self.rest, ""),
            };
            self.rest = rest.strip_prefix('\n').unwrap_or(rest);
            let bytes = line.as_bytes();
            let indent = bytes.iter().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
            let text = line.get(indent..).unwrap_or_default().trim_end();
            if !text.is_empty() {
                return Some(Line { indent, text });
            }
        }
        None
    }
}
