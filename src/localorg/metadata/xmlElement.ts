/** An element of a metadata file: it has either children, or text. Attributes play no part in metadata. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}
