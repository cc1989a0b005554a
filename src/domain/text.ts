/**
 * A longer text. `plain` is always there (LF line ends, no trailing blanks or line ends); `html` where the side holds the
 * text as HTML (an HTML fragment without html/body wrapper).
 */
export type RichText = { readonly plain: string; readonly html: string | undefined };
