using Loa.Bench.Peers;

namespace Loa.Bench.Runs;

/// <summary>The beginning of every show: its child processes take their verbs, the parent prints and judges.</summary>
public static class Show
{
    public static async Task<int> Run(
        string[] args,
        Func<Task<int>> show,
        IReadOnlyDictionary<string, Func<string[], Task<int>>>? more = null
    )
    {
        try
        {
            if (args.Length > 0 && more?.GetValueOrDefault(args[0]) is { } verb)
                return await verb(args[1..]);
            return args.FirstOrDefault() switch
            {
                OwnServer.Verb => await OwnServer.Run(bool.Parse(args[1])),
                MqttNetServer.Verb => await MqttNetServer.Run(bool.Parse(args[1])),
                LoadSide.Verb => await LoadSide.Run(args[1..]),
                _ => await show(),
            };
        }
        catch (Exception unusable)
            when (unusable is ArgumentException or InvalidOperationException or IOException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return 2;
        }
    }
}
