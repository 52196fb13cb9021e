//! `x-genauth-websocket`: a stream of events.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::input::Input;
use crate::spec::Spec;
use crate::spec::extensions::Brand;
use crate::spec::operation::{Kind, Operation};

/// The methods that open a WebSocket: by the operation's name, and by a short one; nothing for other operations.
pub fn generate(spec: &Spec, operation: &Operation, input: &Input) -> Option<TokenStream> {
    let (Kind::WebSocket(hosts), Some(websocket)) = (&operation.kind, &operation.extensions.websocket) else {
        return None;
    };
    let host = |brand| hosts.iter().find(|(other, _)| *other == brand).map(|(_, url)| url);
    let (genauth, authing) = (host(Brand::GenAuth)?, host(Brand::Authing)?);
    let token = match operation.security.iter().find_map(|scheme| scheme.query_parameter.as_ref()) {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let parameters = &input.parameters.as_ref()?.ty;

    let (id, path, event_type) = (&operation.id, &operation.path, &websocket.event_type);
    let (method, short) = (operation.method_ident(), format_ident!("{}", websocket.method));
    let doc = docs::operation(spec, operation, input);
    let short_doc = format!("The same as [`{id}`](Self::{method}).\n");
    let declarations: Vec<_> = input.arguments().map(|field| field.argument()).collect();
    let arguments: Vec<_> = input.arguments().map(|field| &field.argument_ident).collect();
    Some(quote! {
        #[doc = #doc]
        #[cfg(feature = "events")]
        #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
        pub fn #method(&self, #(#declarations),*) -> crate::events::EventStream {
            const ENDPOINT: crate::events::WebSocketEndpoint = crate::events::WebSocketEndpoint {
                id: #id,
                path: #path,
                token: #token,
                event_type: #event_type,
                host: |brand| match brand {
                    crate::Brand::GenAuth => #genauth,
                    crate::Brand::Authing => #authing,
                },
            };
            crate::events::EventStream::new(self.core(), ENDPOINT, &#parameters::new(#(#arguments),*))
        }

        #[doc = #short_doc]
        #[cfg(feature = "events")]
        #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
        pub fn #short(&self, #(#declarations),*) -> crate::events::EventStream {
            self.#method(#(#arguments),*)
        }
    })
}
