//! An app of one's own: a page and an API that let nobody through who is not signed in with Frontdesk.
//!
//! `frontdesk-demo-app --accounts http://localhost:4000` beside `cargo xtask demo`, then <http://localhost:5000/>.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::FromRef;
use axum::response::Html;
use axum::routing::{get, post};
use clap::Parser;
use frontdesk_verify::{Protect, Reverification, Rules, SignedIn, Verifier};
use tokio::net::TcpListener;

/// An app whose pages and API Frontdesk protects.
#[derive(Parser)]
struct Arguments {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:5000")]
    listen: SocketAddr,
    /// The address people reach this app by.
    #[arg(long, default_value = "http://localhost:5000")]
    public_url: String,
    /// The address of the Frontdesk server; on the same host, so that its cookie comes here too.
    #[arg(long, default_value = "http://localhost:4000")]
    accounts: String,
}

/// What handlers are given.
#[derive(Clone)]
struct Site {
    verifier: Verifier,
}

impl FromRef<Site> for Verifier {
    fn from_ref(site: &Site) -> Self {
        site.verifier.clone()
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let router = router(&arguments);
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("cannot listen on {}", arguments.listen))?;
    axum::serve(listener, router).await?;
    Ok(())
}

fn router(arguments: &Arguments) -> Router {
    let accounts = arguments.accounts.trim_end_matches('/');
    let keys = format!("{accounts}/.well-known/jwks.json");
    // Tokens are minted for this app's pages, and for the page where people sign in.
    let rules = Rules::new(accounts)
        .with_party(&arguments.public_url)
        .with_party(accounts);
    let verifier = Verifier::new(rules, move || {
        let keys = keys.clone();
        async move { reqwest::get(keys).await?.error_for_status()?.text().await }
    });
    let signed_in = Protect::new(verifier.clone());
    let renew = format!("{accounts}/renew");
    let pages = Router::new()
        .route("/reports", get(reports))
        .layer(signed_in.clone().redirecting(&renew, &arguments.public_url));
    let invoices = Router::new()
        .route("/api/invoices", get(async || "no invoices yet"))
        .layer(signed_in.clone().permission("org:invoices:read"));
    let payouts = Router::new()
        .route("/api/payouts", post(async || "paid"))
        .layer(signed_in.clone().reverified(Reverification::STRICT));
    let hidden = Router::new()
        .route("/api/audit", get(async || "nothing happened"))
        .layer(signed_in.role("org:admin").hidden());
    Router::new()
        .route("/", get(home))
        // Without a layer, a handler that takes `SignedIn` is protected by that.
        .route(
            "/api/me",
            get(async |SignedIn(claims): SignedIn| claims.sub.to_string()),
        )
        .merge(pages)
        .merge(invoices)
        .merge(payouts)
        .merge(hidden)
        .with_state(Site { verifier })
}

async fn home() -> Html<&'static str> {
    Html(
        "<!doctype html><html lang=\"en\"><title>Shop</title><h1>Shop</h1><p><a href=\"/reports\">Reports</a></p>",
    )
}

async fn reports(SignedIn(claims): SignedIn) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><title>Reports</title><h1>Reports</h1><p id=\"user\">{}</p>",
        // An id has letters and digits alone; whatever else goes into a page must be escaped.
        claims.sub
    ))
}
