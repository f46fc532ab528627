//! Following the links of a site until each of its pages has been fetched.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::{Result, bail};
use indicatif::ProgressBar;
use reqwest::{Client, Url};
use tokio::task::JoinSet;

use crate::fetch::{self, fetch};
use crate::page::Page;

/// What is known of a site.
pub struct Crawl {
    client: Client,
    /// Where the crawl begins.
    index: Url,
    /// What came of each page: its links and places, or what is wrong with it.
    pages: HashMap<Url, Result<Page, String>>,
    /// Each link within the site: where it stands, and where it leads.
    links: BTreeSet<(Url, Url)>,
    /// Where links to other sites lead, which nobody is asked about.
    outside: HashSet<Url>,
}

impl Crawl {
    /// A crawl that has not begun.
    pub fn new(index: Url) -> Result<Crawl> {
        Ok(Crawl {
            client: fetch::client()?,
            index,
            pages: HashMap::new(),
            links: BTreeSet::new(),
            outside: HashSet::new(),
        })
    }

    /// Fetches the site. If this is dropped, the requests end, and what is known stays.
    pub async fn run(&mut self) -> Result<()> {
        let progress = ProgressBar::new(0);
        let mut asked = HashSet::new();
        let mut fetches = JoinSet::new();
        let mut found = vec![self.index.clone()];
        loop {
            for url in found {
                if asked.insert(url.clone()) {
                    progress.inc_length(1);
                    fetches.spawn(fetch(self.client.clone(), url));
                }
            }
            let Some(fetched) = fetches.join_next().await else {
                break;
            };
            let (url, page) = fetched?;
            progress.inc(1);
            found = self.note(url, page);
        }
        // Without the first page, nothing was checked.
        if let Some(Err(why)) = self.pages.get(&self.index) {
            bail!("{}: {why}", self.index);
        }
        Ok(())
    }

    /// Remembers a page. Returns the pages of this site that it links to.
    fn note(&mut self, url: Url, page: Result<Page, String>) -> Vec<Url> {
        let mut found = Vec::new();
        for link in page.iter().flat_map(|page| &page.links) {
            if link.origin() == self.index.origin() {
                self.links.insert((url.clone(), link.clone()));
                found.push(without_fragment(link));
            } else {
                self.outside.insert(link.clone());
            }
        }
        self.pages.insert(url, page);
        found
    }

    /// The broken links of the pages that were fetched, and what is wrong with each.
    pub fn broken(&self) -> Vec<String> {
        let broken = self.links.iter().filter_map(|(from, to)| {
            let why = match self.pages.get(&without_fragment(to))? {
                Ok(page) if page.has(to.fragment()) => return None,
                Ok(_) => "no such place",
                Err(why) => why,
            };
            Some(format!("{} -> {}: {why}", self.short(from), self.short(to)))
        });
        broken.collect()
    }

    /// How much was seen.
    pub fn seen(&self) -> String {
        let (asked, links) = (self.pages.len(), self.links.len());
        let outside = self.outside.len();
        format!("{asked} addresses, {links} links, {outside} to the outside")
    }

    /// An address without the name of the site.
    fn short<'a>(&self, url: &'a Url) -> &'a str {
        let site = self.index.origin().ascii_serialization();
        url.as_str().strip_prefix(&site).unwrap_or(url.as_str())
    }
}

fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
