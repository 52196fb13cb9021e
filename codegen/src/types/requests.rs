//! The part of progenitor's methods that is kept: building the request.
//!
//! The cut is at progenitor's public seam: the call of the hook `pre`, the field `baseurl`, the function `api_version`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprCall, ExprMethodCall, File, FnArg, ImplItem, ImplItemFn, Item, Lit, LitStr, Local, Macro, Member, Pat,
    Stmt, parse_quote,
};

use super::progenitor_input::PARAMETER_SUFFIX;

/// The arguments of each method, by its name, in order and without the URL.
pub type Arguments = BTreeMap<String, Vec<String>>;

/// Ends each method where its request is built, since one place of the library sends every request and reads every
/// response. Makes the URL and the HTTP client arguments, since one place has them, and each method a function of the
/// module `requests`; nothing else is left but the module `types`. The functions are inline: a program compiles those it
/// calls, and the library none.
///
/// # Errors
///
/// The name of a method that does not have the expected shape, and the difference.
pub fn cut(file: &mut File) -> Result<Arguments, (String, String)> {
    let (mut arguments, mut functions) = (Arguments::new(), Vec::new());
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        for item in std::mem::take(&mut item.items) {
            if let ImplItem::Fn(mut method) = item
                && method.sig.asyncness.is_some()
            {
                let name = method.sig.ident.to_string();
                match cut_method(&mut method) {
                    Ok(taken) => arguments.insert(name, taken),
                    Err(difference) => return Err((name, difference)),
                };
                functions.push(method);
            }
        }
    }
    file.items.retain(|item| matches!(item, Item::Mod(module) if module.ident == "types"));
    file.items.push(parse_quote! {
        /// Builds the requests of the operations.
        pub mod requests {
            use super::types;
            use progenitor_client::{Error, RequestBuilderExt};

            #(#functions)*
        }
    });
    Ok(arguments)
}

/// Returns the arguments that are left.
fn cut_method(method: &mut ImplItemFn) -> Result<Vec<String>, String> {
    let statements = std::mem::take(&mut method.block.stmts);
    let hook = only(&statements, "call of `pre`", |statement| pre_hook_request(statement).is_some())?;
    let request = pre_hook_request(&statements[hook]).ok_or("has no call of `pre`")?;
    let build = only(&statements[..hook], "request", |statement| local_ident(statement) == Some(&request))?;
    let url = only(&statements[..build], "use of `baseurl`", uses_baseurl)?;
    let version = only(&statements[..build], "use of `api_version`", uses_api_version)?;
    let url = local_ident(&statements[url]).cloned().map(|ident| (url, ident)).ok_or("has no variable for the URL")?;
    if hook != build + 2 {
        return Err("has other statements between the request and the call of `pre`".to_owned());
    }

    let mut kept: Vec<Stmt> = statements.into_iter().take(build + 1).collect();
    let Some(Stmt::Local(Local { init: Some(init), .. })) = kept.pop() else {
        return Err("has no value for the request".to_owned());
    };
    let value = init.expr;
    kept.push(Stmt::Expr(parse_quote!(Ok(#value)), None));
    let (url_position, url) = url;
    let mut position = 0..;
    kept.retain(|_| position.next().is_none_or(|position| position != url_position && position != version));

    let (mut names, mut header_maps) = (RestoreNames::default(), EmptyHeaderMaps::default());
    let mut client = ClientArgument::default();
    for statement in &mut kept {
        names.visit_stmt_mut(statement);
        header_maps.visit_stmt_mut(statement);
        client.visit_stmt_mut(statement);
    }

    // The path parameters have gone with the URL.
    let used = idents(&kept);
    let inputs = std::mem::take(&mut method.sig.inputs).into_iter();
    method.sig.inputs = inputs.filter(|input| argument(input).is_none_or(|name| used.contains(name))).collect();
    let arguments: Vec<String> = method.sig.inputs.iter().filter_map(argument).map(ToString::to_string).collect();
    let parameters = arguments.iter().filter(|name| name.ends_with(PARAMETER_SUFFIX)).count();
    if names.restored != parameters {
        return Err(format!("has {parameters} parameters, and names {}", names.restored));
    }
    if header_maps.made != 1 {
        return Err("does not make exactly one header map".to_owned());
    }

    if client.uses != 1 {
        return Err("does not use the HTTP client exactly once".to_owned());
    }

    method.block.stmts = kept;
    method.attrs = vec![parse_quote!(#[inline])];
    method.sig.asyncness = None;
    method.sig.inputs[0] = parse_quote!(client: &'a ::reqwest::Client);
    method.sig.inputs.insert(1, parse_quote!(#url: ::reqwest::Url));
    method.sig.output = parse_quote!(-> Result<::reqwest::Request, Error<()>>);
    Ok(arguments)
}

/// The position of the only statement that is `what`.
fn only(statements: &[Stmt], what: &str, is: impl Fn(&Stmt) -> bool) -> Result<usize, String> {
    let mut found = statements.iter().enumerate().filter(|(_, statement)| is(statement)).map(|(position, _)| position);
    match (found.next(), found.next()) {
        (Some(position), None) => Ok(position),
        (None, _) => Err(format!("has no {what}")),
        (Some(_), Some(_)) => Err(format!("has more than one {what}")),
    }
}

/// The variable of a plain `let`.
fn local_ident(statement: &Stmt) -> Option<&Ident> {
    let Stmt::Local(Local { pat: Pat::Ident(pattern), .. }) = statement else { return None };
    Some(&pattern.ident)
}

/// The request that `self.pre(&mut request, …).await?` is called with.
fn pre_hook_request(statement: &Stmt) -> Option<Ident> {
    let Stmt::Expr(Expr::Try(expression), _) = statement else { return None };
    let Expr::Await(expression) = &*expression.expr else { return None };
    let Expr::MethodCall(call) = &*expression.base else { return None };
    if !is_self(&call.receiver) || call.method != "pre" {
        return None;
    }
    let Expr::Reference(request) = call.args.first()? else { return None };
    let Expr::Path(path) = &*request.expr else { return None };
    path.path.get_ident().cloned()
}

fn is_self(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident("self"))
}

/// Whether a statement reads `self.baseurl`, inside a macro's arguments too.
fn uses_baseurl(statement: &Stmt) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
            self.0 |= is_self(&field.base) && matches!(&field.member, Member::Named(name) if name == "baseurl");
            visit::visit_expr_field(self, field);
        }

        fn visit_macro(&mut self, call: &'ast Macro) {
            let arguments = call.parse_body_with(syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated);
            arguments.iter().flatten().for_each(|argument| self.visit_expr(argument));
        }
    }
    let mut search = Search(false);
    search.visit_stmt(statement);
    search.0
}

/// Whether a statement calls `Self::api_version()`: it adds a header that the API does not know.
fn uses_api_version(statement: &Stmt) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.0 |= path.segments.last().is_some_and(|segment| segment.ident == "api_version");
        }
    }
    let mut search = Search(false);
    search.visit_stmt(statement);
    search.0
}

/// The name of an argument; none for `self`.
fn argument(input: &FnArg) -> Option<&Ident> {
    let FnArg::Typed(argument) = input else { return None };
    let Pat::Ident(pattern) = &*argument.pat else { return None };
    Some(&pattern.ident)
}

/// The variables that statements use.
fn idents(statements: &[Stmt]) -> BTreeSet<Ident> {
    #[derive(Default)]
    struct Search(BTreeSet<Ident>);
    impl<'ast> Visit<'ast> for Search {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.0.extend(path.get_ident().cloned());
            visit::visit_path(self, path);
        }
    }
    let mut search = Search::default();
    statements.iter().for_each(|statement| search.visit_stmt(statement));
    search.0
}

/// Gives query parameters and headers the names that the API knows.
#[derive(Default)]
struct RestoreNames {
    restored: usize,
}

impl RestoreNames {
    fn restore(&mut self, name: Option<&mut Expr>) {
        if let Some(Expr::Lit(literal)) = name
            && let Lit::Str(text) = &mut literal.lit
            && let Some(original) = text.value().strip_suffix(PARAMETER_SUFFIX)
        {
            *text = LitStr::new(original, text.span());
            self.restored += 1;
        }
    }
}

impl VisitMut for RestoreNames {
    /// `QueryParam::new("name", …)`.
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if is_function(call, ["QueryParam", "new"]) {
            self.restore(call.args.first_mut());
        }
        visit_mut::visit_expr_call_mut(self, call);
    }

    /// `header_map.append("name", …)`.
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if call.method == "append" {
            self.restore(call.args.first_mut());
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

/// Makes the HTTP client an argument.
#[derive(Default)]
struct ClientArgument {
    uses: usize,
}

impl VisitMut for ClientArgument {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::Field(field) = expression
            && is_self(&field.base)
            && matches!(&field.member, Member::Named(name) if name == "client")
        {
            *expression = parse_quote!(client);
            self.uses += 1;
        }
        visit_mut::visit_expr_mut(self, expression);
    }
}

/// Makes header maps that do not allocate, since most stay empty.
#[derive(Default)]
struct EmptyHeaderMaps {
    made: usize,
}

impl VisitMut for EmptyHeaderMaps {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if is_function(call, ["HeaderMap", "with_capacity"]) {
            *call = parse_quote!(::reqwest::header::HeaderMap::new());
            self.made += 1;
        }
        visit_mut::visit_expr_call_mut(self, call);
    }
}

/// Whether the path of the function ends with these segments.
fn is_function(call: &ExprCall, end: [&str; 2]) -> bool {
    let Expr::Path(function) = &*call.func else { return false };
    let segments = function.path.segments.iter().rev();
    segments.take(2).map(|segment| &segment.ident).eq(end.iter().rev())
}
