import type { Feature, Geometry } from '#contract/geometry.ts'
import type { PlanLayers } from '#contract/plan-file.ts'
import { DatabaseSync } from 'node:sqlite'
import { boxOf, geometryBlob } from './geometry-blob.ts'

/** "GPKG", and the version 1.3.0 of the standard. */
const applicationId = 0x47504B47
const userVersion = 10300

const tables = `
  pragma application_id = ${applicationId};
  pragma user_version = ${userVersion};
  create table gpkg_spatial_ref_sys (
    srs_name text not null,
    srs_id integer not null primary key,
    organization text not null,
    organization_coordsys_id integer not null,
    definition text not null,
    description text
  );
  create table gpkg_contents (
    table_name text not null primary key,
    data_type text not null,
    identifier text unique,
    description text default '',
    last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x double, min_y double, max_x double, max_y double,
    srs_id integer,
    constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id)
  );
  create table gpkg_geometry_columns (
    table_name text not null,
    column_name text not null,
    geometry_type_name text not null,
    srs_id integer not null,
    z tinyint not null,
    m tinyint not null,
    constraint pk_geom_cols primary key (table_name, column_name),
    constraint uk_gc_table_name unique (table_name),
    constraint fk_gc_tn foreign key (table_name) references gpkg_contents (table_name),
    constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id)
  );
  insert into gpkg_spatial_ref_sys values
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude in degrees');
`

type Value = string | number | null

/**
 * Layers as one GeoPackage (OGC 12-128r19, version 1.3), the file that desktop maps open: a table of features for each value of the
 * property `layer`, and a table `plan` of the facts. Columns are the properties in the order in which they come up.
 */
export function writeGeoPackage({ features, facts }: PlanLayers): Uint8Array {
  const database = new DatabaseSync(':memory:')
  try {
    database.exec(tables)
    database.exec('begin')
    for (const [layer, members] of Map.groupBy(features, ({ properties }) => String(properties.layer ?? 'features')))
      addLayer(database, layer, members)
    addFacts(database, Object.entries(facts))
    database.exec('commit')
    return database.serialize()
  }
  finally {
    database.close()
  }
}

function addLayer(database: DatabaseSync, layer: string, features: Feature[]): void {
  const names = [
    ...new Set(features.flatMap(({ properties }) => Object.keys(properties))),
  ].filter(name => name !== 'layer')
  const columns = names.map((name, i) => ({
    name,
    // Names of columns are told apart without regard to case, and two are taken.
    column: [
      'fid',
      'geom',
      ...names.slice(0, i).map(other => other.toLowerCase()),
    ].includes(name.toLowerCase())
      ? `${name}_${i}`
      : name,
    type: typeOf(features.map(({ properties }) => properties[name])),
  }))
  const geometries = features.flatMap(({ geometry }) => geometry ?? [])
  const kinds = new Set(geometries.map(({ type }) => type.toUpperCase()))
  const table = quoted(layer)
  database.exec(`create table ${table} (fid integer primary key autoincrement not null, geom ${kinds.size === 1
    ? [...kinds][0]
    : 'GEOMETRY'}${columns.map(({ column, type }) => `, ${quoted(column)} ${type}`).join('')})`)
  const box = boxOfAll(geometries)
  database.prepare('insert into gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id) values (?, ?, ?, ?, ?, ?, ?, 4326)').run(layer, 'features', layer, ...box)
  database.prepare('insert into gpkg_geometry_columns values (?, ?, ?, 4326, 0, 0)').run(layer, 'geom', kinds.size === 1
    ? [...kinds][0]!
    : 'GEOMETRY')
  const insert = database.prepare(`insert into ${table} (geom${columns.map(({ column }) => `, ${quoted(column)}`).join('')}) values (?${', ?'.repeat(columns.length)})`)
  for (const { geometry, properties } of features) {
    insert.run(geometry && geometryBlob(geometry), ...columns.map(({ name }) => valueOf(properties[name])))
  }
}

function addFacts(database: DatabaseSync, facts: [string, Value | boolean][]): void {
  database.exec('create table plan (fid integer primary key autoincrement not null, fact text not null, value text)')
  database.exec(`insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('plan', 'attributes', 'plan', 0)`)
  const insert = database.prepare('insert into plan (fact, value) values (?, ?)')
  for (const [fact, value] of facts) {
    insert.run(fact, value === null
      ? null
      : String(value))
  }
}

function boxOfAll(geometries: Geometry[]): (number | null)[] {
  if (geometries.length === 0)
    return [null, null, null, null]
  return geometries.map(boxOf).reduce((all, box) => [
    Math.min(all[0], box[0]),
    Math.min(all[1], box[1]),
    Math.max(all[2], box[2]),
    Math.max(all[3], box[3]),
  ])
}

function typeOf(values: unknown[]): 'INTEGER' | 'REAL' | 'BOOLEAN' | 'TEXT' {
  const known = values.filter(value => value !== null && value !== undefined)
  if (known.length > 0 && known.every(value => typeof value === 'boolean'))
    return 'BOOLEAN'
  if (known.length > 0 && known.every(value => typeof value === 'number')) {
    return known.every(Number.isSafeInteger)
      ? 'INTEGER'
      : 'REAL'
  }
  return 'TEXT'
}

function valueOf(value: unknown): Value {
  if (value === null || value === undefined)
    return null
  if (typeof value === 'boolean')
    return Number(value)
  return typeof value === 'number' || typeof value === 'string'
    ? value
    : JSON.stringify(value)
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
