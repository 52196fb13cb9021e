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

    /// Where the pages start.
    #[doc(hidden)]
    fn start(&self) -> Position;
    /// The size of a page.
    #[doc(hidden)]
    fn limit(&self) -> Option<i64>;
    /// Requests the page at this position.
    #[doc(hidden)]
    fn set_position(&mut self, position: &Position);
    #[doc(hidden)]
    fn page(data: Self::Data) -> Page<Self::Item>;
}

/// The position of a page.
#[derive(Clone, PartialEq)]
pub enum Position {
    /// Its number, counted from 1.
    Number(i64),
    /// What the last page names as the next one; nothing for the first page.
    Cursor(Option<String>),
}

/// A page.
pub struct Page<T> {
    pub items: Vec<T>,
    /// The number of items on all pages, if the response has it.
    pub total: Option<i64>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// Where in the pages a stream is.
struct PageCursor<O> {
    call: Call<O>,
    position: Position,
    /// The number of items up to here, by the page size.
    seen: i64,
    /// The number of items that this stream has received.
    received: i64,
    /// A hash of the last page.
    last_page: Option<u64>,
    done: bool,
}

impl<O: Paginated> PageCursor<O> {
    fn new(call: Call<O>) -> Self {
        let position = call.operation.start();
        let seen = match (&position, call.operation.limit()) {
            (Position::Number(page), Some(limit)) => page.saturating_sub(1).saturating_mul(limit),
            _ => 0,
        };
        Self { call, position, seen, received: 0, last_page: None, done: false }
    }

    /// Fetches a page, and moves to the next.
    async fn fetch(&mut self) -> Result<Vec<O::Item>> {
        let mut call = self.call.clone();
        call.operation.set_position(&self.position);
        let Envelope { data, request_id, .. } = call.envelope().await?;
        let Page { items, total, next } = O::page(data);
        self.seen = self.seen.saturating_add(items.len() as i64);
        self.received = self.received.saturating_add(items.len() as i64);
        let page = (!items.is_empty()).then(|| hash(&items));
        if page.is_some() && page == self.last_page {
            return Err(unexpected(request_id, "the page repeats the last one"));
        }
        if total.is_some_and(|total| self.received > total) {
            return Err(unexpected(request_id, "the pages have more items than their total"));
        }
        self.last_page = page;
        self.done = items.is_empty();
        match &mut self.position {
            Position::Number(page) => {
                *page = page.saturating_add(1);
                self.done |= total.is_some_and(|total| self.seen >= total);
            }
            Position::Cursor(cursor) => {
                self.done |= next.is_none();
                *cursor = next;
            }
        }
        Ok(items)
    }
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
    pub fn items(self) -> ItemStream<O::Item> {
        let pages = stream::try_unfold(PageCursor::new(self), |mut cursor| async move {
            if cursor.done {
                return Ok::<_, Error>(None);
            }
            let items = cursor.fetch().await?;
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
