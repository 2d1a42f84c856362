using Loa.Kernel;
using Microsoft.Extensions.Hosting;

namespace Loa.Newsroom.Voices;

/// <summary>Throws away at start what a server that was killed left half rendered; nobody ever saw it.</summary>
sealed class ClearLeftovers(Storage storage) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in Directory.EnumerateDirectories(SpeechPipeline.FolderIn(storage)))
            Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
