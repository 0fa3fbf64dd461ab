//! What the source asks of whoever stands before the platform.

use crate::package::PackageName;
use crate::source::unread::UnreadReason;

/// Answers questions about the device, one after the other, on one thread. An answer that cannot be given is a reason,
/// never a default.
pub trait Reader {
    /// Counts the packages of all users, each name once, by the cheapest query there is.
    ///
    /// # Errors
    /// Why they could not be counted.
    fn count(&mut self) -> Result<i32, UnreadReason>;

    /// Lists the package names of all users; `None` stands for a name that is none.
    ///
    /// # Errors
    /// Why they could not be listed.
    fn names(&mut self) -> Result<Vec<Option<String>>, UnreadReason>;

    /// Tells about the device as a whole, as JSON; `None`: nothing was answered.
    ///
    /// # Errors
    /// Why nothing could be told.
    fn device(&mut self) -> Result<Option<Vec<u8>>, UnreadReason>;

    /// Tells about one package, as JSON; `None`: it is gone.
    ///
    /// # Errors
    /// Why it could not be read.
    fn read(&mut self, name: &PackageName) -> Result<Option<Vec<u8>>, UnreadReason>;

    /// Is told how far the reading has come.
    fn progress(&mut self, done: usize, of: usize);
}
