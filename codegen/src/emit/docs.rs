//! The documentation of methods.

use super::examples;
use super::input::Input;
use crate::spec::Spec;
use crate::spec::operation::{Kind, Operation};

/// The documentation of an operation's method.
pub fn operation(spec: &Spec, operation: &Operation, input: &Input) -> String {
    let summary = operation.summary.trim_end_matches('.');
    let description = with_links(spec, operation.description.trim_end());
    let mut doc = format!("{summary}.\n\n{description}\n");
    let token =
        operation.extensions.access_token_argument.then_some(("access_token".to_owned(), "Access token of the user"));
    let arguments = input.arguments().map(|field| (field.argument_ident.to_string(), field.description));
    for (position, (name, description)) in token.into_iter().chain(arguments).enumerate() {
        let lead = if position == 0 { "\n# Arguments\n\n" } else { "" };
        doc += &format!("{lead}- `{name}`: {description}\n");
    }
    let deprecated = if operation.deprecated { "# #[allow(deprecated)]\n" } else { "" };
    let call = examples::call(spec, operation, input);
    let statement = match &operation.kind {
        Kind::Call => format!("let data = client.{call}.await?;\n"),
        Kind::UrlOnly => format!("let url = client.{call}.to_url()?;\n"),
        Kind::WebSocket(_) => format!(
            "use futures_util::TryStreamExt;\n\nlet mut events = client.{call};\n\
             while let Some(item) = events.try_next().await? {{\n    println!(\"{{item:?}}\");\n}}\n"
        ),
    };
    doc + &example(spec, &format!("{deprecated}{statement}")) + &api(operation)
}

/// A program of these statements.
pub fn example(spec: &Spec, statements: &str) -> String {
    let client = spec.api.client();
    format!(
        "\n# Example\n\n```no_run\n# async fn example() -> genauth::Result<()> {{\n\
         # let client = genauth::{client}::from_env()?;\n{statements}# Ok(())\n# }}\n```\n"
    )
}

/// Where the operation is in the API.
pub fn api(operation: &Operation) -> String {
    format!("\n# API\n\n`{} {}`\n", operation.method.name(), operation.path)
}

/// `text` with the names of operations as links to their methods.
fn with_links(spec: &Spec, text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(position, part)| {
        let method = spec.operation(part).filter(|_| position % 2 == 1).map(Operation::method_ident);
        match (position % 2, method) {
            (0, _) => part.to_owned(),
            (_, Some(method)) => format!("[`{part}`](Self::{method})"),
            (_, None) => format!("`{part}`"),
        }
    });
    parts.collect()
}
