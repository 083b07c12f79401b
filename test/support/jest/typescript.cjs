'use strict';

const { transform } = require('sucrase');

/**
 * TypeScript as jest runs it: the types are taken away and imports become `require`. Every line stays where it is, so that
 * the lines of an error are those of the source.
 */
module.exports = {
	process: (source, filePath) => ({
		code: transform(source, {
			transforms: ['typescript', 'imports'],
			disableESTransforms: true,
			filePath,
		}).code,
	}),
};
