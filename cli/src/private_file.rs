//! Files that only their owner may read.

use std::fs::{DirBuilder, Metadata};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file that nobody else can read from its first byte on, in a folder that is made for it. Whoever reads it
/// meanwhile gets the old one or the new one, whole.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    make_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// Makes a folder that nobody else can look into, if it is not there.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Whether others than its owner may read a file.
#[cfg(unix)]
pub fn is_shared(file: &Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
pub fn is_shared(_: &Metadata) -> bool {
    false
}
