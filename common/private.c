/* Keeping a process to itself: see private.h. */
#include "common/private.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void private_process(void)
{
	static const struct rlimit none = {0, 0};

	(void)setrlimit(RLIMIT_CORE, &none);
	/* A handler of core files that the kernel starts heeds no limit. */
	(void)prctl(PR_SET_DUMPABLE, 0);
}
