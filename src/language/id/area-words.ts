/** Official areas of a thing. */
export const areaOption = { name: 'wilayah', help: 'Wilayah resmi, misalnya Gondokusuman, Yogyakarta' };
/** The official area that a list is narrowed to. */
export const areaFilter = { name: 'wilayah', help: 'Hanya wilayah ini dan yang di dalamnya' };
