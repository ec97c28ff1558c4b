/** Columns that many tables of PEOPLE have. */
import { integer, text } from 'drizzle-orm/sqlite-core';

/** A random name made by us. */
export const id = () => text('id').primaryKey();
/** A moment, in epoch ms. */
export const at = (name: string) => integer(name).notNull();
