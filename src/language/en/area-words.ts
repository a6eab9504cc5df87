/** Official areas of a thing. */
export const areaOption = { name: 'area', help: 'Official area, such as Gondokusuman, Yogyakarta' };
/** The official area that a list is narrowed to. */
export const areaFilter = { name: 'area', help: 'Only this area and what lies in it' };
