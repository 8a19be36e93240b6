/** What the dialplan of Asterisk may compare a dialed number with. None of it means anything within quotes of SQL, or on the CLI. */
export const ASTERISK_NUMBERS = '^[0-9+*#]{1,64}$';
