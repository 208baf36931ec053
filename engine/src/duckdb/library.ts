/** DuckDB's library as one object, for whoever loads it on demand: a bundle has no names of a CommonJS module. */
import * as api from '@duckdb/node-api';

export { api };
