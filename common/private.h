/* A process through which passwords, keys and people's papers pass. */
#ifndef YIMEN_COMMON_PRIVATE_H
#define YIMEN_COMMON_PRIVATE_H

/* From here on: no core file, and nobody but root looks into the process. */
void private_process(void);

#endif
