using Classound.Silo;

return await SiloCommandLine.Create(SiloHost.Run).Parse(args).InvokeAsync();
