//! Where progenitor's methods send their requests.

use syn::{Block, Expr, File, ImplItem, Item, Pat, Stmt, parse_quote};

/// Makes each method that formats its URL from the client's `baseurl` and its path put that path into the host's URL,
/// which is parsed already.
pub fn from_parsed_host(mut file: File) -> File {
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            if let ImplItem::Fn(method) = item {
                rewrite(&mut method.block);
            }
        }
    }
    file
}

fn rewrite(block: &mut Block) {
    for statement in &mut block.stmts {
        let Stmt::Local(local) = statement else { continue };
        let is_url = matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == "url");
        if let (true, Some(init)) = (is_url, &mut local.init) {
            let path: &Expr = &init.expr;
            *init.expr = parse_quote!(self.inner.url(&#path));
        }
    }
}
