//! Files that only their owner can read.

use std::fs::{DirBuilder, Metadata};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file atomically, and creates its folder. Neither is accessible to others at any time.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    create_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// Creates a folder, and its parents, that others cannot access, unless it exists.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Whether others than its owner can access a file.
#[cfg(unix)]
pub fn is_shared(file: &Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
pub fn is_shared(_: &Metadata) -> bool {
    false
}
