using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Loa.Broadcasting.Timetable;

namespace Loa.Bench;

/// <summary>Tries each law in many made-up provinces; the first that breaks one is told, made small, with the seed that makes it again.</summary>
static class Laws
{
    const int AtOnce = 10_000;

    public static int Try(int provinces, int seed)
    {
        Console.WriteLine($"{provinces:N0} provinces from --seed {seed}, {AirLaws.All.Count} laws in each");
        var began = Stopwatch.GetTimestamp();
        for (var tried = 0; tried < provinces; tried += AtOnce, seed++)
        {
            var law = "";
            var config = Config
                .QuickThrowOnFailure.WithMaxTest(Math.Min(AtOnce, provinces - tried))
                .WithReplay((ulong)seed, 1)
                .WithQuietOnSuccess(true);
            try
            {
                Check.One(
                    config,
                    Prop.ForAll(SomeAir.Any(), air => AirLaws.All.All(l => l.Value(air) || (law = l.Key).Length == 0))
                );
            }
            catch (Exception broken)
            {
                Console.WriteLine($"broken: {law} (--laws {AtOnce} --seed {seed})\n{broken.Message}");
                return 1;
            }
            Console.WriteLine(
                $"{tried + AtOnce:N0} after {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s: all laws hold"
            );
        }
        return 0;
    }
}
