//! What a page links to.

use scraper::{Html, Selector};

/// All links of a page, in its order.
pub fn links(page: &str) -> Vec<String> {
    let link = Selector::parse("a[href]").unwrap();
    let page = Html::parse_document(page);
    let links = page.select(&link).filter_map(|link| link.attr("href"));
    links.map(str::to_owned).collect()
}
