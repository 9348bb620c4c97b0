use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use kernel::{Error, Result};

use super::{Loader, MOST_KEYS, batched, loader};

/// Doubles numbers, slowly, and remembers how many it was given at once.
#[derive(Clone, Default)]
struct Doubling {
    batches: Arc<Mutex<Vec<usize>>>,
    running: Arc<AtomicUsize>,
}

impl Loader<u32> for Doubling {
    type Value = u32;

    async fn load(&self, keys: &[u32]) -> Result<HashMap<u32, u32>> {
        self.running.fetch_add(1, Ordering::SeqCst);
        self.batches.lock().unwrap().push(keys.len());
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        self.running.fetch_sub(1, Ordering::SeqCst);
        if keys.contains(&13) {
            return Err(Error::NotFound);
        }
        Ok(keys
            .iter()
            .filter(|key| **key != 7)
            .map(|key| (*key, key * 2))
            .collect())
    }
}

impl Doubling {
    fn batches(&self) -> Vec<usize> {
        std::mem::take(&mut self.batches.lock().unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_level_of_a_page_of_any_length_is_one_batch() {
    for length in [1, 5, 29, 31, 50, 500, MOST_KEYS] {
        let doubling = Doubling::default();
        let (first, second) = (loader(doubling.clone()), loader(doubling.clone()));
        let length = u32::try_from(length).unwrap();
        let item = async |number: u32| {
            // Some fields have an answer of their own to wait for before they ask.
            if number.is_multiple_of(3) {
                tokio::task::yield_now().await;
            }
            let double = first.load_one(number * 100).await.unwrap().unwrap();
            second.load_one(double).await.unwrap().unwrap()
        };
        let found = batched(join_all((0..length).map(item))).await;
        let expected: Vec<u32> = (0..length).map(|number| number * 400).collect();
        assert_eq!(found, expected);
        assert_eq!(doubling.batches(), [length as usize; 2]);
    }
}

#[tokio::test]
async fn loaders_of_one_level_run_beside_each_other() {
    let doubling = Doubling::default();
    let loaders: Vec<_> = (0..4).map(|_| loader(doubling.clone())).collect();
    let watched = doubling.running.clone();
    let most = async {
        let mut most = 0;
        for _ in 0..20 {
            most = most.max(watched.load(Ordering::SeqCst));
            tokio::task::yield_now().await;
        }
        most
    };
    let asked = batched(join_all(loaders.iter().map(|loader| loader.load_one(1))));
    let (answers, most) = tokio::join!(asked, most);
    assert!(answers.into_iter().all(|answer| answer.unwrap() == Some(2)));
    assert_eq!(most, 4);
}

#[tokio::test]
async fn many_keys_are_read_in_parts_and_answered_together() {
    let doubling = Doubling::default();
    let batch = loader(doubling.clone());
    let keys = (100..).take(MOST_KEYS * 2 + 1);
    let found = batched(batch.load_many(keys)).await.unwrap();
    assert_eq!(found.len(), MOST_KEYS * 2 + 1);
    assert_eq!(doubling.batches(), [MOST_KEYS, MOST_KEYS, 1]);
    assert!(batched(batch.load_many([])).await.unwrap().is_empty());
    assert_eq!(doubling.batches(), [0_usize; 0]);
}

#[tokio::test]
async fn what_is_missing_is_none_and_an_error_reaches_all() {
    let batch = loader(Doubling::default());
    let missing = batched(batch.load_many([6, 7])).await.unwrap();
    assert_eq!(missing, HashMap::from([(6, 12)]));
    let failed = batched(join_all([12, 13].map(|key| batch.load_one(key)))).await;
    assert!(
        failed
            .into_iter()
            .all(|answer| matches!(answer.unwrap_err(), Error::NotFound))
    );
    assert_eq!(batched(batch.load_one(12)).await.unwrap(), Some(24));
}

#[tokio::test]
async fn without_a_request_each_is_read_alone() {
    let doubling = Doubling::default();
    let batch = loader(doubling.clone());
    assert_eq!(batch.load_one(1).await.unwrap(), Some(2));
    assert_eq!(batch.load_one(2).await.unwrap(), Some(4));
    assert_eq!(doubling.batches(), [1, 1]);
}

#[tokio::test]
async fn a_stream_of_answers_is_driven_too() {
    let doubling = Doubling::default();
    let batch = loader(doubling.clone());
    let batch = &batch;
    let answers = stream::iter([1, 50]).then(|length: u32| async move {
        join_all((100..100 + length).map(|key| batch.load_one(key)))
            .await
            .len()
    });
    let lengths: Vec<usize> = batched(answers).collect().await;
    assert_eq!(lengths, [1, 50]);
    assert_eq!(doubling.batches(), [1, 50]);
}

#[tokio::test]
async fn who_stops_waiting_stops_the_reading() {
    let doubling = Doubling::default();
    let batch = loader(doubling.clone());
    {
        let mut asked = std::pin::pin!(batched(batch.load_one(1)));
        assert!(futures_util::poll!(&mut asked).is_pending());
    }
    assert_eq!(doubling.batches(), [1]);
    assert_eq!(
        doubling.running.load(Ordering::SeqCst),
        1,
        "it was left in the middle"
    );
    assert_eq!(batched(batch.load_one(2)).await.unwrap(), Some(4));
}
