namespace Loa.Fleet.Simulation;

/// <summary>Who acts with a speaker's key and folder just now.</summary>
enum Part
{
    Speaker,
    Nobody,
    Liar,
}
