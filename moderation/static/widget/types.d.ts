/** Types that the widget's own files share. */
import type { Options as PublicOptions } from "./api.d.ts";

/** What the script tag or a site's own front end says, and what the service adds. */
export interface Options extends PublicOptions {
  /** The service's address, ending in a slash. */
  home: string;
  /** Whether the site asks for a proof of work. */
  proof?: boolean;
}
