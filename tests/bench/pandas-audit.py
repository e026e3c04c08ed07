"""python3 tests/bench/pandas-audit.py FILE: a few dozen of the counts, as one would with pandas."""

import resource
import sys

import pandas as pd

TODAY = pd.Timestamp("2026-11-01")
DATES = ["Created Date", "Close Date", "Last Modified Date", "Last Activity"]
LATE = ["Proposal/Price Quote", "Negotiation/Review", "Closed Won"]

deals = pd.read_csv(sys.argv[1], parse_dates=DATES)
kind = deals["Stage"].map({"Closed Won": "won", "Closed Lost": "lost"}).fillna("open")
amount, created, close = deals["Amount"], deals["Created Date"], deals["Close Date"]
touched = deals[["Last Activity", "Last Modified Date"]].max(axis=1).fillna(created)
counts = {
    "owner missing": deals["Opportunity Owner"].isna().sum(),
    "account missing": deals["Account Name"].isna().sum(),
    "source missing": deals["Lead Source"].isna().sum(),
    "amount missing": (deals["Stage"].isin(LATE) & amount.isna()).sum(),
    "amount not positive": ((kind != "lost") & (amount <= 0)).sum(),
    "close past due": ((kind == "open") & (close < TODAY)).sum(),
    "created after closed": ((kind != "open") & (created > close)).sum(),
    "implausible": ((created > TODAY) | (deals["Last Modified Date"].dt.normalize() > TODAY)).sum(),
    "activity in future": (deals["Last Activity"] > TODAY).sum(),
    "dormant": ((kind == "open") & ((TODAY - touched.dt.normalize()).dt.days > 30)).sum(),
    "probability extreme": ((kind == "open") & ~deals["Probability (%)"].between(1, 99)).sum(),
    "duplicate id": deals["Opportunity ID"].duplicated(keep=False).sum(),
    "duplicate deal": deals.duplicated(["Account Name", "Opportunity Name", "Amount"], keep=False).sum(),
    "currencies": deals["Amount Currency"].nunique(),
}
days = (close - created).dt.days
closed_in = close.dt.to_period("M")[kind != "open"]
tables = [
    amount.groupby([deals["Stage"], deals["Amount Currency"]]).agg(["count", "sum"]),
    days.groupby(kind).agg(["count", "mean", "median"]),
    (kind == "won")[kind != "open"].groupby(closed_in).agg(["sum", "count"]),
    (kind == "won").groupby(created.dt.to_period("M")).agg(["sum", "count"]),
    deals.notna().mean(),
]
for column in ["Opportunity Owner", "Lead Source", "Region", "Type", "Industry"]:
    tables.append(amount.groupby([deals[column], kind]).agg(["count", "sum"]))
print(counts, sum(len(table) for table in tables))
print("PEAK", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
