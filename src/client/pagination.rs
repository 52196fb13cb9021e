//! Paginated operations, as a stream of items.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use reqwest::StatusCode;
use serde::Serialize;

use crate::client::operation::Operation;
use crate::client::{Call, Envelope};
use crate::error::UnexpectedResponse;
use crate::{Error, Result};

/// A stream of the items of all pages.
#[doc(alias = "Items")]
pub type ItemStream<T> = Pin<Box<dyn Stream<Item = Result<T>> + Send>>;

/// An operation whose data comes in pages.
///
/// Implemented by the types of [`operations`](crate::operations) only.
#[doc(alias = "Paged")]
pub trait Paginated: Operation + Clone {
    /// The type of an item.
    type Item: Serialize + Send;

    #[doc(hidden)]
    fn page(&mut self) -> &mut Option<i64>;
    #[doc(hidden)]
    fn limit(&self) -> Option<i64>;
    /// The items of a page, and the total number of items, if the response has it.
    #[doc(hidden)]
    fn items(data: Self::Data) -> (Vec<Self::Item>, Option<i64>);
}

/// Where in the pages a stream is.
struct PageCursor<O> {
    call: Call<O>,
    next_page: i64,
    /// The number of items up to here, by the page size.
    seen: i64,
    /// The number of items that this stream has received.
    received: i64,
    /// A hash of the last page.
    last_page: Option<u64>,
    done: bool,
}

impl<O: Paginated> Call<O> {
    /// Streams all items, from the page that is set (by default the first) to the last.
    ///
    /// A page is fetched when its first item is polled. The first error ends the stream. So does
    /// [`Error::UnexpectedResponse`] where a server repeats a page instead of ending, or sends more items than it says
    /// there are.
    ///
    /// ```no_run
    /// # async fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
    /// use futures_util::TryStreamExt;
    ///
    /// let mut logins = client.get_login_history().limit(50).items();
    /// while let Some(login) = logins.try_next().await? {
    ///     println!("{login:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(mut self) -> ItemStream<O::Item> {
        let page = self.operation.page().unwrap_or(1);
        let limit = self.operation.limit();
        let start = PageCursor {
            call: self,
            next_page: page,
            seen: limit.map_or(0, |limit| page.saturating_sub(1).saturating_mul(limit)),
            received: 0,
            last_page: None,
            done: false,
        };
        let pages = stream::try_unfold(start, |mut cursor| async move {
            if cursor.done {
                return Ok::<_, Error>(None);
            }
            let mut call = cursor.call.clone();
            *call.operation.page() = Some(cursor.next_page);
            let Envelope { data, request_id, .. } = call.envelope().await?;
            let (items, total) = O::items(data);
            cursor.next_page = cursor.next_page.saturating_add(1);
            cursor.seen = cursor.seen.saturating_add(items.len() as i64);
            cursor.received = cursor.received.saturating_add(items.len() as i64);
            let page = (!items.is_empty()).then(|| hash(&items));
            if page.is_some() && page == cursor.last_page {
                return Err(unexpected(request_id, "the page repeats the last one"));
            }
            if total.is_some_and(|total| cursor.received > total) {
                return Err(unexpected(request_id, "the pages have more items than their total"));
            }
            cursor.last_page = page;
            cursor.done = items.is_empty() || total.is_some_and(|total| cursor.seen >= total);
            Ok(Some((stream::iter(items).map(Ok), cursor)))
        });
        Box::pin(pages.try_flatten())
    }
}

fn hash(items: &impl Serialize) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_vec(items).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

fn unexpected(request_id: Option<String>, reason: &'static str) -> Error {
    let (status, body) = (StatusCode::OK, Bytes::new());
    UnexpectedResponse { status, request_id, reason, retry_after: None, content_type: None, body }.into()
}
