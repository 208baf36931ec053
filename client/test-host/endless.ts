/** 120,000 rows joined with themselves twice over a hundred values: no machine finishes this. */
export const ENDLESS = `SELECT count(*) AS n FROM measurements a
  JOIN measurements b ON a.humidity = b.humidity
  JOIN measurements c ON b.humidity = c.humidity
  WHERE a.temperature + b.temperature + c.temperature > 0`;
