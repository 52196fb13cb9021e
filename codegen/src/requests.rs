//! What is kept of progenitor's methods: the making of a request.

use quote::ToTokens;
use syn::{Expr, File, ImplItem, ImplItemFn, Item, Pat, Stmt, parse_quote};

/// Ends each method where its request is built: sending it and reading its answer is the same for all of them. Inline,
/// so that a program compiles the requests which it makes, and the crate itself none.
pub fn only(mut file: File) -> File {
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            match item {
                ImplItem::Fn(method) if method.sig.asyncness.is_some() => end_with_request(method),
                _ => {}
            }
        }
    }
    file
}

fn end_with_request(method: &mut ImplItemFn) {
    method.attrs.push(parse_quote!(#[inline]));
    method.sig.asyncness = None;
    method.sig.output = parse_quote!(-> Result<::reqwest::Request, Error<()>>);
    method.sig.inputs.insert(1, parse_quote!(url: ::reqwest::Url));
    let mut kept = Vec::new();
    for mut statement in method.block.stmts.drain(..).filter(|statement| !adds_own_header(statement)) {
        match local(&mut statement) {
            // The caller builds it.
            Some((name, _)) if name == "url" => continue,
            Some((name, value)) if name == "header_map" => *value = parse_quote!(::reqwest::header::HeaderMap::new()),
            Some((name, value)) if name == "request" => {
                kept.push(Stmt::Expr(parse_quote!(Ok(#value)), None));
                break;
            }
            _ => {}
        }
        kept.push(statement);
    }
    method.block.stmts = kept;
}

/// Whether it adds the header of progenitor's that the API does not know.
fn adds_own_header(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(..)) && statement.to_token_stream().to_string().contains("\"api-version\"")
}

/// The name and the value of a plain `let`.
fn local(statement: &mut Stmt) -> Option<(String, &mut Expr)> {
    let Stmt::Local(local) = statement else { return None };
    let Pat::Ident(pattern) = &local.pat else { return None };
    Some((pattern.ident.to_string(), &mut local.init.as_mut()?.expr))
}
