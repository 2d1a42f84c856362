using System.Runtime.InteropServices;

namespace Loa.Bench.Load;

/// <summary>Raises the number of files this process and its children may hold open to what the machine allows.</summary>
public static class OpenFiles
{
    const int NumberOfFiles = 7;
    const ulong Wanted = 200_000;

    /// <exception cref="InvalidOperationException">The machine does not allow that many.</exception>
    public static void Need(int count)
    {
        if (Native.GetLimit(NumberOfFiles, out var limit) != 0)
            throw new InvalidOperationException($"getrlimit failed: {Marshal.GetLastPInvokeError()}");
        if (limit.Soft < Wanted)
        {
            // A privileged process may raise the hard limit as well, unless the machine is sealed against it.
            var raised = new Native.Limit { Soft = Wanted, Hard = Math.Max(limit.Hard, Wanted) };
            if (Native.SetLimit(NumberOfFiles, raised) != 0)
                _ = Native.SetLimit(NumberOfFiles, limit with { Soft = limit.Hard });
            if (Native.GetLimit(NumberOfFiles, out limit) != 0)
                throw new InvalidOperationException($"getrlimit failed: {Marshal.GetLastPInvokeError()}");
        }
        if (limit.Soft < (ulong)count)
            throw new InvalidOperationException(
                $"{count} open files are needed and this machine allows {limit.Soft}: raise ulimit -n"
            );
    }
}
