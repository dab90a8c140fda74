export { scenePicture, type PictureOptions } from './scene-picture.js'
