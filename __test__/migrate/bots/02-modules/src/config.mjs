export const config = { token: process.env.TOKEN }
