//! Loading in batches: what many fields of one request ask for is read by one statement.
//!
//! A batch must not start before every field that can run has asked, or a page of fifty posts costs
//! a handful of statements on one run and hundreds on the next. A timer can only guess when that is.
//! Here the request itself says so: [`batched`] drives its execution and starts the waiting batches
//! when nothing in it can go on without them. The batches run in the same task, so a finished one
//! wakes all its fields before any of them goes on to ask for the next thing.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::Shared;
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;
use futures_util::{FutureExt, Stream, StreamExt};
use kernel::{Error, Result};
use tokio::sync::oneshot;

/// Most keys given to a loader at once; databases limit the parameters of a statement.
const MOST_KEYS: usize = 1000;

/// Reads many things by their keys.
pub trait Loader<K>: Send + Sync + 'static {
    /// What is read for a key.
    type Value: Clone + Send + Sync + 'static;

    /// Reads what there is for `keys`; a key without an entry in the answer has nothing.
    ///
    /// # Errors
    /// Every field that waits for the batch gets the same error.
    fn load(&self, keys: &[K]) -> impl Future<Output = Result<HashMap<K, Self::Value>>> + Send;
}

/// What a key must be.
pub trait Key: Clone + Eq + Hash + Send + Sync + 'static {}
impl<K: Clone + Eq + Hash + Send + Sync + 'static> Key for K {}

/// Collects what the fields of one request ask a loader for.
pub struct Batch<T: Loader<K>, K: Key>(Arc<Inner<T, K>>);

struct Inner<T: Loader<K>, K: Key> {
    loader: T,
    open: Mutex<Option<Open<K, T::Value>>>,
}

struct Open<K, V> {
    keys: HashSet<K>,
    answer: Answer<K, V>,
    answered: oneshot::Sender<Loaded<K, V>>,
}

/// What a batch found; shared by all who wait for it.
type Loaded<K, V> = std::result::Result<Arc<HashMap<K, V>>, Arc<Error>>;
type Answer<K, V> = Shared<oneshot::Receiver<Loaded<K, V>>>;
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A batch over `loader` for one request.
pub fn loader<T: Loader<K>, K: Key>(loader: T) -> Batch<T, K> {
    Batch(Arc::new(Inner {
        loader,
        open: Mutex::default(),
    }))
}

impl<T: Loader<K>, K: Key> Batch<T, K> {
    /// What there is for a key.
    ///
    /// # Errors
    /// The error of the batch.
    pub async fn load_one(&self, key: K) -> Result<Option<T::Value>> {
        let found = self.ask([key.clone()]).await?;
        Ok(found.get(&key).cloned())
    }

    /// What there is for several keys.
    ///
    /// # Errors
    /// The error of the batch.
    pub async fn load_many(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<HashMap<K, T::Value>> {
        let keys: Vec<K> = keys.into_iter().collect();
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.ask(keys.iter().cloned()).await?;
        let of_key = |key: K| found.get(&key).cloned().map(|value| (key, value));
        Ok(keys.into_iter().filter_map(of_key).collect())
    }

    async fn ask(&self, keys: impl IntoIterator<Item = K>) -> Result<Arc<HashMap<K, T::Value>>> {
        let (answer, is_first) = {
            let mut open = self.0.open();
            let is_first = open.is_none();
            let open = open.get_or_insert_with(Open::new);
            open.keys.extend(keys);
            (open.answer.clone(), is_first)
        };
        if is_first {
            let inner = self.0.clone();
            let work = async move { inner.answer().await };
            // Nobody drives batches here, so there is nothing to wait for.
            if let Err(work) = Queue::push(Box::pin(work)) {
                work.await;
            }
        }
        let lost = |_| Error::bug("a batch ended without an answer");
        Ok(answer.await.map_err(lost)??)
    }
}

impl<T: Loader<K>, K: Key> Inner<T, K> {
    fn open(&self) -> std::sync::MutexGuard<'_, Option<Open<K, T::Value>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(&self) {
        let Some(open) = self.open().take() else {
            return;
        };
        let keys: Vec<K> = open.keys.into_iter().collect();
        let mut found = HashMap::with_capacity(keys.len());
        let mut failed = None;
        for keys in keys.chunks(MOST_KEYS) {
            match self.loader.load(keys).await {
                Ok(values) => found.extend(values),
                Err(error) => failed = Some(Arc::new(error)),
            }
        }
        // Whoever asked may have gone; then nobody misses the answer.
        let _ = open.answered.send(failed.map_or(Ok(Arc::new(found)), Err));
    }
}

impl<K, V> Open<K, V> {
    fn new() -> Self {
        let (answered, answer) = oneshot::channel();
        Self {
            keys: HashSet::new(),
            answer: answer.shared(),
            answered,
        }
    }
}

tokio::task_local! {
    static QUEUE: Queue;
}

/// The batches of a request that wait to be started.
#[derive(Clone, Default)]
struct Queue(Arc<Mutex<Vec<Work>>>);

impl Queue {
    /// Puts work into the queue of the request that runs now; gives it back when none does.
    fn push(work: Work) -> std::result::Result<(), Work> {
        match QUEUE.try_with(Self::clone) {
            Ok(queue) => {
                queue.waiting().push(work);
                Ok(())
            }
            Err(_) => Err(work),
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drives the execution of a request, as a future or as a stream of answers.
pub fn batched<F>(execution: F) -> Batched<F> {
    Batched {
        execution: Box::pin(execution),
        queue: Queue::default(),
        running: FuturesUnordered::new(),
        wakes: Arc::default(),
    }
}

/// See [`batched`].
pub struct Batched<F> {
    execution: Pin<Box<F>>,
    queue: Queue,
    running: FuturesUnordered<Work>,
    wakes: Arc<Wakes>,
}

/// Notes that the execution can go on, and wakes the task it runs in.
#[derive(Default)]
struct Wakes {
    noted: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.noted.store(true, Ordering::SeqCst);
        self.task.wake();
    }
}

impl<F> Batched<F> {
    fn drive<R>(
        &mut self,
        context: &mut Context<'_>,
        poll: impl Fn(Pin<&mut F>, &mut Context<'_>) -> Poll<R>,
    ) -> Poll<R> {
        self.wakes.task.register(context.waker());
        let waker = Waker::from(self.wakes.clone());
        loop {
            self.wakes.noted.store(false, Ordering::SeqCst);
            let (queue, execution) = (self.queue.clone(), self.execution.as_mut());
            let mut noting = Context::from_waker(&waker);
            let polled = QUEUE.sync_scope(queue, || poll(execution, &mut noting));
            // When it can go on by itself, more fields will ask; its task has been woken already.
            if polled.is_ready() || self.wakes.noted.load(Ordering::SeqCst) {
                return polled;
            }
            // Level by level: what asks after a quick batch shares the next one with what asks after
            // a slow one, so the number of statements does not depend on their speed.
            if self.running.is_empty() {
                self.running
                    .extend(std::mem::take(&mut *self.queue.waiting()));
            }
            let mut any_ended = false;
            while let Poll::Ready(Some(())) = self.running.poll_next_unpin(context) {
                any_ended = true;
            }
            if !any_ended {
                return Poll::Pending;
            }
        }
    }
}

impl<F: Future> Future for Batched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.drive(context, |execution, context| execution.poll(context))
    }
}

impl<S: Stream> Stream for Batched<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.drive(context, |execution, context| execution.poll_next(context))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests;
