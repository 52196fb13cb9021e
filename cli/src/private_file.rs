//! Files that only their owner can read.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file atomically, and creates its folder. Neither is accessible to others at any time.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    create_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    // Else a crash of the machine may leave an empty file under the name.
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Opens a file for reading, but not where a symbolic link leads.
pub fn open(path: &Path) -> io::Result<File> {
    no_follow(OpenOptions::new().read(true)).open(path)
}

/// Opens a file for a lock, or creates it. Its contents stay.
pub fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    no_follow(&mut options).open(path)
}

#[cfg(unix)]
fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    let flag = rustix::fs::OFlags::NOFOLLOW.bits();
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, flag.try_into().unwrap_or_default())
}

#[cfg(not(unix))]
fn no_follow(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Creates a folder unless it exists, and checks that it is one that others cannot access.
pub fn check_folder(folder: &Path) -> io::Result<()> {
    create_folder(folder)?;
    let found = fs::symlink_metadata(folder)?;
    if !found.is_dir() {
        return Err(io::Error::other(format!("{} is a symbolic link: replace it by a folder", folder.display())));
    }
    if is_shared(&found) {
        let remedy = format!("run `chmod 700 {}`", folder.display());
        return Err(io::Error::other(format!("{} is accessible to others: {remedy}", folder.display())));
    }
    Ok(())
}

/// Checks that files can be created in a folder.
pub fn check_writable(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(b"{}")
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
