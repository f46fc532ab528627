//! What a page links to, and to which of its places others can link.

use std::collections::HashSet;

use reqwest::Url;
use scraper::{Html, Selector};

/// A page, or a file that is none, such as a picture: nothing is known of that.
#[derive(Default)]
pub struct Page {
    /// Where its links lead.
    pub links: Vec<Url>,
    /// The names of its places, written as in an address, if they are known.
    places: Option<HashSet<String>>,
}

impl Page {
    /// Reads a page that came from an address.
    pub fn parse(url: &Url, html: &str) -> Page {
        let html = Html::parse_document(html);
        let base = all(&html, "base", "href").next();
        let base = base.and_then(|base| url.join(base).ok());
        let base = base.unwrap_or_else(|| url.clone());

        let hrefs = all(&html, ":not(base)", "href");
        let targets = hrefs.chain(all(&html, "*", "src"));
        let links = targets.filter_map(|target| base.join(target).ok());
        let is_web = |url: &Url| matches!(url.scheme(), "http" | "https");
        let names = all(&html, "*", "id").chain(all(&html, "a", "name"));
        let places = names.filter_map(|name| fragment(url, name));
        Page {
            links: links.filter(is_web).collect(),
            places: Some(places.collect()),
        }
    }

    /// Whether it has the place that an address names after its `#`, if it names any.
    pub fn has(&self, place: Option<&str>) -> bool {
        match place {
            // The beginning of the page.
            None | Some("" | "top") => true,
            // Settings for a script, which are no place.
            Some(place) if place.contains('=') => true,
            Some(place) => {
                let places = self.places.as_ref();
                places.is_none_or(|places| places.contains(place))
            }
        }
    }
}

/// An attribute of all elements of a kind.
fn all<'a>(
    html: &'a Html,
    kind: &str,
    name: &'a str,
) -> impl Iterator<Item = &'a str> {
    let selector = Selector::parse(kind).expect("it is a selector");
    let elements: Vec<_> = html.select(&selector).collect();
    elements
        .into_iter()
        .filter_map(move |element| element.attr(name))
}

/// A name as it stands in an address: a space is `%20` there, for example.
fn fragment(url: &Url, name: &str) -> Option<String> {
    let mut url = url.clone();
    url.set_fragment(Some(name));
    url.fragment().map(str::to_owned)
}
