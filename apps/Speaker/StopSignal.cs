using System.Runtime.InteropServices;

namespace Loa.Speaker;

/// <summary>The wish from outside that a program ends in good order.</summary>
sealed class StopSignal : IDisposable
{
    readonly CancellationTokenSource stopping;
    readonly PosixSignalRegistration terminate;
    readonly PosixSignalRegistration interrupt;

    public StopSignal(CancellationToken cancel)
    {
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    }

    public CancellationToken Token => stopping.Token;

    /// <summary>Stops when this completes.</summary>
    public async Task When(Func<CancellationToken, Task> happens)
    {
        try
        {
            await happens(Token);
            await stopping.CancelAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It stops already.
        }
    }

    public void Dispose()
    {
        terminate.Dispose();
        interrupt.Dispose();
        stopping.Dispose();
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}
