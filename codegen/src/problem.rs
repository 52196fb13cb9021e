//! What is wrong with the description, where, and what to do about it.

use std::fmt;

#[derive(Debug)]
pub struct Problem {
    file: String,
    place: String,
    what: String,
    remedy: String,
}

impl Problem {
    pub fn new(
        file: impl Into<String>,
        place: impl Into<String>,
        what: impl fmt::Display,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            place: place.into(),
            what: what.to_string().replace('\n', " "),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, what, remedy } = self;
        write!(f, "openapi/{file}: {place}: {what}; {remedy}")
    }
}

impl From<Problem> for Vec<Problem> {
    fn from(problem: Problem) -> Self {
        vec![problem]
    }
}
