//! Answers that come page by page.

use std::pin::Pin;

use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use crate::operations::Operation;
use crate::{Call, Error, Result};

/// A stream of the items of all pages.
pub type ItemStream<T> = Pin<Box<dyn Stream<Item = Result<T>> + Send>>;

/// An operation whose answer comes page by page.
///
/// Implemented by the types of [`operations`](crate::operations) alone.
pub trait Paginated: Operation + Clone {
    /// What the pages list.
    type Item: Send;

    #[doc(hidden)]
    fn page(&mut self) -> &mut Option<i64>;
    #[doc(hidden)]
    fn limit(&self) -> Option<i64>;
    /// The items of a page, and how many all pages have.
    #[doc(hidden)]
    fn items(data: Self::Data) -> (Vec<Self::Item>, Option<i64>);
}

/// How far a walk has come.
struct Walk<O> {
    call: Call<O>,
    page: i64,
    seen: i64,
    done: bool,
}

impl<O: Paginated> Call<O> {
    /// All items, from the page that is set (the first, unless another is) to the last.
    ///
    /// A page is fetched when its first item is asked for. The first error ends the stream.
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
        let start = Walk {
            call: self,
            page,
            seen: limit.map_or(0, |limit| page.saturating_sub(1).saturating_mul(limit)),
            done: false,
        };
        let pages = stream::try_unfold(start, |mut walk| async move {
            if walk.done {
                return Ok::<_, Error>(None);
            }
            let mut call = walk.call.clone();
            *call.operation.page() = Some(walk.page);
            let (items, total) = O::items(call.await?);
            walk.page = walk.page.saturating_add(1);
            walk.seen = walk.seen.saturating_add(items.len() as i64);
            walk.done = items.is_empty() || total.is_some_and(|total| walk.seen >= total);
            Ok(Some((stream::iter(items).map(Ok), walk)))
        });
        Box::pin(pages.try_flatten())
    }
}
