//! `dateline add`: subscribe to feeds and sites, or keep single pages.

use std::io;

use jiff::Timestamp;

use super::Ended;
use super::args::{AddOptions, Arguments};
use super::library::{Desk, count, failed, folder_path, now_at};
use super::output::{Output, complain};
use crate::fetch::Client;
use crate::refresh::{self, Added, Wish};
use crate::store::Store;
use crate::text::{Clean, masked};

/// Runs the subcommand. Its error is that of writing.
pub(super) fn run(arguments: &Arguments, options: &AddOptions) -> io::Result<Ended> {
    let opened = Desk::open(arguments).and_then(|desk| Ok((desk.store()?, desk)));
    let (mut store, desk) = match opened {
        Ok(opened) => opened,
        Err(ended) => return Ok(ended),
    };
    let client = match Client::new(desk.config.refresh.fetch.clone()) {
        Ok(client) => client,
        Err(error) => {
            complain(&Clean::line(&error.to_string()));
            return Ok(Ended::Misused);
        }
    };
    if options.title.is_some() && options.addresses.len() > 1 {
        complain(&Clean::literal("--title names one feed; add the others by themselves"));
        return Ok(Ended::Misused);
    }
    let mut output = Output::new();
    let mut ended = Ended::Well;
    for address in &options.addresses {
        let told = if options.article {
            article(&mut store, &client, address)
        } else {
            let wish = Wish {
                address: address.clone(),
                folder: options.folder.as_deref().map(folder_path).unwrap_or_default(),
                title: options.title.as_deref().map(Clean::line),
            };
            match refresh::add(&mut store, &client, &desk.config.refresh, &wish, Timestamp::now()) {
                Ok(added) => Ok(lines(&added)),
                Err(refresh::AddError::Store(error)) => return Ok(failed(&error)),
                Err(error) => Err(error.to_string()),
            }
        };
        match told {
            Ok(lines) => lines.iter().try_for_each(|line| output.line(&Clean::line(line)))?,
            Err(why) => {
                ended = Ended::SomeFailed;
                complain(&Clean::line(&format!("{}: {why}", masked(address))));
            }
        }
        output.flush()?;
    }
    Ok(ended)
}

fn lines(added: &Added) -> Vec<String> {
    let known = if added.was_known { "already there" } else { "added" };
    let articles = count(added.taken.new, "new article", "new articles");
    let mut lines = vec![format!("{known}: {} ({}), {articles}, number {}", added.title, added.url, added.id.0)];
    if let Some(to) = &added.now_at {
        lines.push(now_at(to));
    }
    if !added.others.is_empty() {
        lines.push("There are other feeds too; `dateline add` takes them:".to_owned());
    }
    for other in &added.others {
        let title = other.title.as_ref().map(|title| format!("  {title}")).unwrap_or_default();
        lines.push(format!("  {}{title}", masked(&other.url)));
    }
    lines
}

fn article(store: &mut Store, client: &Client, address: &str) -> Result<Vec<String>, String> {
    let fetched = refresh::typed_page(client, address).map_err(|error| error.to_string())?;
    let saved = store.save_page(&fetched.article, fetched.published, Timestamp::now());
    saved.map_err(|error| error.to_string())?;
    let title = fetched.article.title.as_ref().or(fetched.article.url.as_ref());
    let doubt = fetched.doubt.map(|why| format!("; perhaps not all of it: {why}")).unwrap_or_default();
    Ok(vec![format!("kept: {}{doubt}", title.map(Clean::as_str).unwrap_or_default())])
}
