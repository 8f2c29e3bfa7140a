/** A style sheet: the build puts it beside the script. */
declare module '*.css'
