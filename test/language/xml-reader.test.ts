import { expect, it } from 'vitest';
import { childrenOf, readXml, textIn } from '../../src/language/xml-reader.ts';

it('XML is read as a tree, without prefixes, with every way to write a character', () => {
  const root = readXml(
    '\ufeff<?xml version="1.0"?><c:a xmlns:c="urn:x"><c:b d="1 &lt; 2">x &amp; &#x1F600;&#128512; <![CDATA[<&>]]></c:b><!-- n --><b/></c:a>',
  );
  expect([root.name, childrenOf(root, 'b').length]).toEqual(['a', 2]);
  expect(childrenOf(root, 'b')[0]!.attributes.d).toBe('1 < 2');
  expect(textIn(root, 'b')).toBe('x & 😀😀 <&>');
  expect(textIn(root, 'z')).toBeNull();
});

it.each([
  '',
  'x',
  '<a>',
  '<a></b>',
  '<a/><b/>',
  'x<a/>',
  '<a b=1/>',
  '<a b="1" b="2"/>',
  '<!DOCTYPE a><a/>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  '<a>&b;</a>',
  '<a>&#0;</a>',
  '<a>&#xD800;</a>',
  '<a>&#x110000;</a>',
  '<a>\u0001</a>',
  `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
])('what is not well-formed, has a document type or is too deep is refused: %j', source => {
  expect(() => readXml(source)).toThrow(expect.objectContaining({ name: 'XmlFault' }));
});
