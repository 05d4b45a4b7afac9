"""The page of reports: a range, totals, a chart, a row for each group, and the entries behind them."""
