-- Completeness of the columns a full export has beside.

-- part of metrics.completeness.fillRates[field]
with filled as (
  select count(*) as of, count(currency) as currency, count(probability) as probability, count(modified) as modified,
    count(activity) as activity, count(type) as type, count(industry) as industry, count(region) as region,
    count(next_step) as next_step, count(forecast_category) as forecast_category, count(description) as description
  from deals
)
unpivot filled on currency, probability, modified, activity, type, industry, region, next_step, forecast_category, description
into name field value count;
