using Loa.Kernel;
using Microsoft.Extensions.Hosting;

namespace Loa.Newsroom.Voices;

/// <summary>Throws away at start what a server that was killed left half rendered; nobody ever saw it.</summary>
sealed class ClearLeftovers(Storage storage, TimeProvider clock) : IHostedService
{
    // Another server on the same folder may be at work.
    static readonly TimeSpan Old = TimeSpan.FromDays(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.EnumerateDirectories(SpeechPipeline.FolderIn(storage)))
            if (clock.GetUtcNow().UtcDateTime - Directory.GetLastWriteTimeUtc(folder) > Old)
                Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
