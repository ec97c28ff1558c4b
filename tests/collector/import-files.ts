/** Exports of other tools as they really look: the columns of the sources named in collector/import, a few days of figures. */
import { gzipSync, strToU8, zipSync } from 'fflate';

export type Tables = Record<string, string[]>;

/** Plausible's tables, each with its header as ClickHouse writes it (`CSVWithNames`). */
export const plausibleTables = (): Tables => ({
  imported_visitors_20240101_20240103: [
    '"date","visitors","pageviews","bounces","visits","visit_duration"',
    '"2024-01-01",10,30,4,12,3600',
    '"2024-01-02",20,50,9,25,5000',
    '"2024-01-03",5,5,5,5,0',
  ],
  imported_sources_20240101_20240103: [
    '"date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content","utm_term","pageviews","visitors","visits","visit_duration","bounces"',
    '"2024-01-01","","","","","","","",20,7,8,3000,3',
    '"2024-01-01","Google","google.com","","","","","",10,3,4,600,1',
    '"2024-01-02","letter","","letter","email","spring, sale","","",50,20,25,5000,9',
    '"2024-01-03","","","","","","","",5,5,5,0,5',
  ],
  imported_pages_20240101_20240103: [
    '"date","hostname","page","visits","visitors","pageviews","total_scroll_depth","total_scroll_depth_visits"',
    '"2024-01-01","old.example","/",10,9,22,\\N,\\N',
    '"2024-01-01","old.example","/shoes ""red"", size 40",5,5,8,300,5',
    '"2024-01-02","old.example","/",20,18,50,0,0',
    '"2024-01-03","old.example","/hello/lea@example.com",5,5,5,0,0',
  ],
  imported_entry_pages_20240101_20240103: [
    '"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"',
    '"2024-01-01","/",10,12,3600,4,30',
  ],
  imported_locations_20240101_20240103: [
    '"date","country","region","city","visitors","visits","visit_duration","bounces","pageviews"',
    '"2024-01-01","FR","FR-IDF",2988507,8,9,3000,3,25',
    '"2024-01-01","FR","FR-ARA",2996944,2,3,600,1,5',
  ],
  imported_devices_20240101_20240103: [
    '"date","device","visitors","visits","visit_duration","bounces","pageviews"',
    '"2024-01-01","Laptop",6,7,3000,2,20',
    '"2024-01-01","Desktop",4,5,600,2,10',
  ],
  imported_custom_events_20240101_20240103: [
    '"date","name","link_url","path","visitors","events"',
    '"2024-01-02","Signup","","",3,4',
    '"2024-01-02","engagement","","",20,99',
  ],
});

/** A zip as Plausible makes it. */
export const zipOf = (tables: Tables): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(tables).map(([name, lines]) => [`${name}.csv`, strToU8(`${lines.join('\n')}\n`)])));

const UMAMI_HEADER =
  'website_id,session_id,visit_id,event_id,hostname,browser,os,device,screen,language,country,region,city,url_path,url_query,utm_source,utm_medium,utm_campaign,utm_content,utm_term,referrer_path,referrer_query,referrer_domain,page_title,gclid,fbclid,msclkid,ttclid,li_fat_id,twclid,event_type,event_name,tag,distinct_id,created_at,job_id';
export type UmamiRow = Record<string, string>;
/** Umami's `website_event.csv`. */
export function umamiCsv(rows: UmamiRow[]): Uint8Array {
  const columns = UMAMI_HEADER.split(',');
  const usual: UmamiRow = {
    website_id: 'w',
    session_id: 's1',
    visit_id: 'v1',
    hostname: 'shop.example',
    browser: 'edge-chromium',
    os: 'Windows 10',
    device: 'laptop',
    screen: '1440x900',
    language: 'fr-FR',
    country: 'FR',
    city: 'Lyon',
    url_path: '/',
    event_type: '1',
  };
  const lines = rows.map((row) => columns.map((column) => row[column] ?? usual[column] ?? '').join(','));
  return strToU8([UMAMI_HEADER, ...lines, ''].join('\r\n'));
}

/** GoatCounter's export, version 2, in gzip. */
export const goatCounterGz = (lines: string[]): Uint8Array =>
  gzipSync(
    strToU8(
      [
        '2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date',
        ...lines,
        '',
      ].join('\n'),
    ),
  );
