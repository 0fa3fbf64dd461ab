//! The little of DER (X.690) that it takes to find a certificate: tag, length, content.

use super::bytes::slice;

/// The tag of an integer.
pub(super) const INTEGER: u8 = 0x02;

/// The tag of an object identifier.
pub(super) const OBJECT: u8 = 0x06;

/// The tag of a sequence.
pub(super) const SEQUENCE: u8 = 0x30;

/// The tag of a set.
pub(super) const SET: u8 = 0x31;

/// Elements one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Der<'a> {
    rest: &'a [u8],
}

/// One element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    tag: u8,
    /// With its tag and length.
    pub(super) whole: &'a [u8],
    pub(super) content: &'a [u8],
}

impl<'a> Element<'a> {
    /// Returns the elements inside.
    pub(super) const fn inside(self) -> Der<'a> {
        Der::new(self.content)
    }
}

impl<'a> Der<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads the next element, which must have `tag`.
    pub(super) fn read(&mut self, tag: u8) -> Option<Element<'a>> {
        let (element, rest) = first(self.rest)?;
        (element.tag == tag).then(|| self.rest = rest)?;
        Some(element)
    }

    /// Passes over the next element if it has `tag`.
    pub(super) fn skip(&mut self, tag: u8) {
        let _ = self.read(tag);
    }

    /// Reads to the last element, which must have `tag`.
    pub(super) fn last(mut self, tag: u8) -> Option<Element<'a>> {
        let mut last = None;
        while !self.rest.is_empty() {
            let (element, rest) = first(self.rest)?;
            (last, self.rest) = (Some(element), rest);
        }
        last.filter(|element| element.tag == tag)
    }
}

/// Splits off the first element. Lengths of up to four bytes; the indefinite form is not DER.
fn first(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let tag = *bytes.first()?;
    let short = *bytes.get(1)?;
    let (length, start) = if short < 0x80 {
        (usize::from(short), 2)
    } else {
        let count = usize::from(short & 0x7f);
        let digits = slice(bytes, 2, count).filter(|digits| (1..=4).contains(&digits.len()))?;
        let length = digits.iter().fold(0_u32, |length, digit| length << 8 | u32::from(*digit));
        (usize::try_from(length).ok()?, count.checked_add(2)?)
    };
    let content = slice(bytes, start, length)?;
    let (whole, rest) = bytes.split_at_checked(start.checked_add(length)?)?;
    Some((Element { tag, whole, content }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lengths_are_read_and_others_refused() {
        let mut bytes = vec![SEQUENCE, 0x82, 0x01, 0x00];
        bytes.resize(4 + 256, 7);
        let element = Der::new(&bytes).read(SEQUENCE).unwrap();
        assert_eq!((element.content.len(), element.whole.len()), (256, 260));
        for wrong in
            [&[SEQUENCE][..], &[SEQUENCE, 0x80, 0, 0], &[SEQUENCE, 5, 1], &[SEQUENCE, 0x85, 0, 0, 0, 0, 1, 1]]
        {
            assert!(Der::new(wrong).read(SEQUENCE).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn another_tag_is_not_read_over() {
        let mut der = Der::new(&[INTEGER, 1, 9, SET, 0]);
        assert!(der.read(SET).is_none());
        der.skip(SET);
        assert_eq!(der.read(INTEGER).unwrap().content, [9]);
        assert!(der.read(SET).is_some() && der.is_empty());
    }
}
