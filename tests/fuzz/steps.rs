//! The build's own steps, as far as they take whatever stands in `openapi/`.

#[path = "../../build/bundle.rs"]
mod bundle;
#[path = "../../build/document.rs"]
mod document;
#[path = "../../build/given.rs"]
mod given;
#[path = "../../build/identifiers.rs"]
mod identifiers;
#[path = "../../build/lint.rs"]
mod lint;
#[path = "../../build/problem.rs"]
mod problem;
#[path = "../../build/roles.rs"]
mod roles;

pub use bundle::{Bundle, bundle, read};
pub use lint::lint;
pub use problem::Problem;
