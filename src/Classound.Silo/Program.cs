using System.CommandLine;
using Classound.Silo;

// The command line's own limit after SIGTERM is 2 s: it would end the process with 143 while the host is still leaving the
// cluster. How long that may take is the host's to say.
var leaving = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromHours(1) };
return await SiloCommandLine.Create(SiloHost.Run).Parse(args).InvokeAsync(leaving);
